package corpus

import "strings"

// Role says which side of the call a speaker is on.
type Role uint8

// The roles. Caller, Agent and IVR are the remote party; Callee and Customer
// are the owner of the phone. Unknown is neither until something tells.
const (
	Unknown Role = iota
	Caller
	Callee
	Agent
	Customer
	IVR
)

var roleNames = [...]string{"unknown", "caller", "callee", "agent", "customer", "ivr"}

// String returns the role's name in lower case.
func (r Role) String() string {
	if int(r) < len(roleNames) {
		return roleNames[r]
	}
	return "unknown"
}

// Remote reports whether the role is on the far side of the phone's owner.
func (r Role) Remote() bool { return r == Caller || r == Agent || r == IVR }

// Owner reports whether the role is the phone's owner.
func (r Role) Owner() bool { return r == Callee || r == Customer }

// Data sets that name their speakers Suspect and Innocent would hand the label
// to whoever reads the name: the names are turned into roles here, before
// anything is computed.
var rolesByName = map[string]Role{
	"caller": Caller, "suspect": Caller, "scammer": Caller, "fraudster": Caller, "attacker": Caller,
	"agent": Agent, "representative": Agent, "operator": Agent, "support": Agent, "advisor": Agent,
	"callee": Callee, "recipient": Callee, "innocent": Callee, "victim": Callee, "receiver": Callee,
	"customer": Customer, "client": Customer, "user": Customer,
	"ivr": IVR, "bot": IVR, "system": IVR, "robot": IVR,
	"客服": Agent, "坐席": Agent, "座席": Agent, "客服人员": Agent, "工作人员": Agent, "业务员": Agent,
	"主叫": Caller, "来电者": Caller, "来电人": Caller, "对方": Caller, "骗子": Caller, "诈骗者": Caller,
	"客户": Customer, "用户": Customer, "顾客": Customer,
	"被叫": Callee, "接听者": Callee, "机主": Callee, "受害人": Callee, "受害者": Callee,
	"業務員": Agent, "來電者": Caller, "騙子": Caller, "詐騙者": Caller, "客戶": Customer, "用戶": Customer, "顧客": Customer, "接聽者": Callee,
	"사기범": Caller, "피해자": Callee,
}

// RoleOf returns the role that a speaker's name or a metadata value states,
// or Unknown. Case, surrounding space and a trailing number do not matter.
func RoleOf(name string) Role {
	s := strings.ToLower(strings.TrimSpace(name))
	s = strings.TrimRight(s, " _-0123456789")
	return rolesByName[s]
}
