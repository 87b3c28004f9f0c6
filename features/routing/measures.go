package routing

import (
	"cmp"
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/foyerchat/foyer/platform/db"
	"github.com/foyerchat/foyer/platform/metrics"
)

// counts are what this node did, for those who watch the server (analytics 12).
type counts struct {
	given, failed, repaired *prometheus.CounterVec
}

func newCounts(r prometheus.Registerer) counts {
	return counts{
		given:    metrics.Counter(r, "foyer_assignments_total", "Chats given to agents by this node, by occasion and rule.", "kind", "rule"),
		failed:   metrics.Counter(r, "foyer_assignments_failed_total", "Chats that could not be given to anybody by this node, by why; those that wait for an agent are none of them.", "why"),
		repaired: metrics.Counter(r, "foyer_reconciliations_total", "Inquiries that this node repaired because they did not agree with their rooms."),
	}
}

// decided counts a decision.
func (c counts) decided(d Decision) {
	switch v := d.Verdict; {
	case d.Kind == KindReturn || d.Kind == KindClose:
	case v.Agent != "":
		c.given.WithLabelValues(string(d.Kind), string(v.Rule)).Inc()
	case v.Error != "" || v.Rule == RuleRefused:
		c.failed.WithLabelValues(cmp.Or(v.Error, "refused")).Inc()
	}
}

// repair reconciles and counts what that changed.
func (d *Dispatcher) repair(ctx context.Context, tx *db.Tx) error {
	n, err := reconcile(ctx, tx)
	tx.AfterCommit(func() { d.routing.counts.repaired.WithLabelValues().Add(float64(n)) })
	return err
}

// queueMeter measures the queues as they are when somebody looks.
type queueMeter struct{ s *Service }

var (
	queueLength = prometheus.NewDesc("foyer_queue_chats", "Chats that wait for an agent, of all nodes.", []string{"department", "name"}, nil)
	queueAge    = prometheus.NewDesc("foyer_queue_oldest_seconds", "How long the first of them waits already; 0: none waits.", []string{"department", "name"}, nil)
)

// Describe implements prometheus.Collector.
func (queueMeter) Describe(to chan<- *prometheus.Desc) { to <- queueLength; to <- queueAge }

// lookWithin is how long whoever asks for measurements waits for the queues at most.
const lookWithin = 5 * time.Second

// Collect implements prometheus.Collector; queues that cannot be read now are left out.
func (w queueMeter) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), lookWithin)
	defer cancel()
	all, err := queuesNow(ctx, w.s.DB)
	if err != nil {
		w.s.Log.Warn("queues cannot be measured", "error", err)
		return
	}
	now := w.s.DB.Clock().Now()
	for _, q := range all {
		age := 0.0
		if q.chats > 0 {
			age = max(0, now.Sub(q.since).Seconds())
		}
		to <- prometheus.MustNewConstMetric(queueLength, prometheus.GaugeValue, float64(q.chats), string(q.department), q.name)
		to <- prometheus.MustNewConstMetric(queueAge, prometheus.GaugeValue, age, string(q.department), q.name)
	}
}
