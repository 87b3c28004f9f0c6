package live

import (
	"encoding/json"
	"testing"

	"github.com/foyerchat/foyer/chat"
)

func TestWhoHearsOfDepartments(t *testing.T) { // departments.md 3, realtime.md 9
	engines(t, func(k *kit) {
		bob, eve, _, _ := k.desk()
		k.exec(`INSERT INTO turns (department_id, agent_id, count) VALUES ('sales', 'bob', 4)`)
		k.exec(`UPDATE department_agents SET position = 2 WHERE agent_id = 'bob'`)
		for action, want := range map[string]MembershipData{
			"updated": {Action: "updated", ID: "sales:bob", DepartmentID: "sales", AgentID: "bob", Username: "bob", Count: 4, Order: 2, DepartmentEnabled: true},
			"removed": {Action: "removed", ID: "none:bob", DepartmentID: "none", AgentID: "bob"},
		} {
			k.emit(chat.MembershipChanged{Department: want.DepartmentID, Agent: "bob", Action: action})
			var got MembershipData
			f := bob.wantNamed("push", "departmentAgentData")
			if err := json.Unmarshal(f.Data, &got); err != nil {
				t.Fatal(err)
			}
			if want.Username != "" {
				want.UpdatedAt = got.UpdatedAt
			}
			if got != want {
				t.Errorf("%+v, want %+v", got, want)
			}
		}
		k.emit(chat.DepartmentChanged{Department: "sales", Gone: true, Removed: true})
		for _, c := range []*client{bob, eve} {
			if f := c.wantNamed("push", "department.changed"); string(f.Data) != `{"_id":"sales","removed":true}` {
				t.Error(string(f.Data))
			}
		}
		eve.quiet()
	})
}
