// Command bench prints how fast and how large Foyer is, beside limits that are
// measured in the same run, because machines differ and are shared.
package main

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"log"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

var (
	binary  = flag.String("binary", "bin/foyer", "the foyer command")
	rounds  = flag.Int("rounds", 3, "rounds of each measurement, in turn with its limit")
	seconds = flag.Int("seconds", 4, "length of one measurement")
	sockets = flag.Int("sockets", 10000, "idle visitors")
	only    = flag.String("only", "size,start,sqlite,postgres,reads,webhooks,idle,queue,onsite,search,analytics", "what to measure")
	bareOn  = flag.String("bare", "", "be the bare program on this database (a file or postgres://…)")
	readOn  = flag.String("bare-reads", "", "be the bare program that reads from Foyer's database")
)

const writers = 32

func main() {
	flag.Parse()
	if *bareOn != "" {
		log.Fatal(beBare(*bareOn))
	}
	if *readOn != "" {
		log.Fatal(beBareReader(*readOn))
	}
	if err := measure(); err != nil {
		log.Fatal(err)
	}
}

// measure measures what is asked for; nothing of it is left but what is to be kept.
func measure() error {
	folder, err := os.MkdirTemp("", "foyer-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	defer endAll()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Hour)
	defer cancel()
	measures := map[string]func(context.Context, string) error{"size": size, "start": start, "sqlite": sqlite, "postgres": postgres, "reads": reads, "webhooks": hooked, "idle": idle, "queue": queue, "onsite": onsite, "search": searching, "analytics": figures}
	for _, name := range strings.Split(*only, ",") {
		if err := measures[name](ctx, folder); err != nil {
			return err
		}
	}
	return nil
}

// line prints one figure beside what it should be.
func line(name, figure, goal string, ok bool) {
	mark := "ok  "
	if !ok {
		mark = "MISS"
	}
	fmt.Printf("%s  %-58s %-34s goal %s\n", mark, name, figure, goal)
}

func size(context.Context, string) error {
	info, err := os.Stat(*binary)
	if err != nil {
		return err
	}
	mib := float64(info.Size()) / (1 << 20)
	line("binary", fmt.Sprintf("%.1f MiB", mib), "≤ 40 MiB", mib <= 40)
	return nil
}

func start(ctx context.Context, folder string) error {
	var times []time.Duration
	var memory float64
	for i := range 5 {
		before := time.Now()
		s, err := startFoyer(ctx, *binary, filepath.Join(folder, fmt.Sprint("start", i)), "")
		if err != nil {
			return err
		}
		times = append(times, time.Since(before))
		if memory, err = memoryOf(s.PID()); err != nil {
			return err
		}
		if err := s.Stop(); err != nil {
			return err
		}
	}
	slices.Sort(times)
	line("cold start to ready, empty database, median of 5", times[2].Round(time.Millisecond).String(), "≤ 300 ms", times[2] <= 300*time.Millisecond)
	line("memory when idle", fmt.Sprintf("%.1f MiB", memory), "≤ 50 MiB", memory <= 50)
	return nil
}

func sqlite(ctx context.Context, folder string) error {
	return against(ctx, "SQLite", filepath.Join(folder, "bare.db"), filepath.Join(folder, "sqlite"), "")
}

func postgres(ctx context.Context, folder string) error {
	address := os.Getenv("FOYER_TEST_POSTGRES")
	if address == "" {
		return fmt.Errorf("FOYER_TEST_POSTGRES is not set: use make bench")
	}
	admin, err := sql.Open("pgx", address)
	if err != nil {
		return err
	}
	defer admin.Close()
	addresses := map[string]string{}
	for _, name := range []string{"foyer_bench_bare", "foyer_bench"} {
		if _, err := admin.Exec("CREATE DATABASE " + name); err != nil {
			return err
		}
		u, err := url.Parse(address)
		if err != nil {
			return err
		}
		u.Path = "/" + name
		addresses[name] = u.String()
	}
	return against(ctx, "PostgreSQL", addresses["foyer_bench_bare"], filepath.Join(folder, "postgres"), addresses["foyer_bench"])
}

// against measures Foyer and the bare program in turn.
func against(ctx context.Context, engine, bareDatabase, folder, database string) error {
	bareURL, barePID, end, err := startBare(ctx, bareDatabase)
	if err != nil {
		return err
	}
	defer end()
	limit, err := bareTarget(ctx, "bare on "+engine, bareURL, barePID)
	if err != nil {
		return err
	}
	s, err := startFoyer(ctx, *binary, folder, database)
	if err != nil {
		return err
	}
	ours, err := foyerTarget(ctx, "foyer on "+engine, s, writers)
	if err != nil {
		return fmt.Errorf("%w\n%s", err, s.Log())
	}
	if err := throughput(engine, limit, ours); err != nil {
		return fmt.Errorf("%w\n%s", err, s.Log())
	}
	if err := latency(engine, limit, ours); err != nil {
		return fmt.Errorf("%w\n%s", err, s.Log())
	}
	return s.Stop()
}

func throughput(engine string, limit, ours target) error {
	length := time.Duration(*seconds) * time.Second
	var ratios, limits, own, limitCPU, ownCPU []float64
	for range *rounds {
		l, err := limit.flood(writers, length)
		if err != nil {
			return err
		}
		o, err := ours.flood(writers, length)
		if err != nil {
			return err
		}
		limits, own, ratios = append(limits, l.perSecond), append(own, o.perSecond), append(ratios, o.perSecond/l.perSecond)
		limitCPU, ownCPU = append(limitCPU, l.cpu), append(ownCPU, o.cpu)
	}
	r := median(ratios)
	line(engine+": POST → stored → agent's socket, 32 connections",
		fmt.Sprintf("%.0f/s of %.0f/s = %.2f", median(own), median(limits), r), "≥ 0.50 of the limit", r >= 0.5)
	line(engine+": processor time of the server process, each message",
		fmt.Sprintf("%.0f µs, limit %.0f µs", median(ownCPU), median(limitCPU)), "(shown)", true)
	return nil
}

func latency(engine string, limit, ours target) error {
	length := time.Duration(*seconds) * time.Second
	var ratios, limits, own, tails []float64
	for range *rounds {
		l, _, err := limit.steady(500, writers, length)
		if err != nil {
			return err
		}
		o, tail, err := ours.steady(500, writers, length)
		if err != nil {
			return err
		}
		limits, own = append(limits, l.Seconds()*1e3), append(own, o.Seconds()*1e3)
		ratios, tails = append(ratios, o.Seconds()/l.Seconds()), append(tails, tail.Seconds()*1e3)
	}
	r := median(ratios)
	line(engine+": the same at 500/s, p50",
		fmt.Sprintf("%.2f ms of %.2f ms = %.1f× (p99 %.1f ms)", median(own), median(limits), r, median(tails)), "≤ 3× the limit", r <= 3)
	return nil
}

func median(list []float64) float64 {
	list = slices.Clone(list)
	slices.Sort(list)
	return list[len(list)/2]
}
