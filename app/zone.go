package app

import (
	"os"
	"path/filepath"
	"strings"
	"time"
)

// serverZone is the name of the zone the server's clock is set to, "" if it has none:
// TZ, or else where /etc/localtime points.
func serverZone() string {
	if name, ok := os.LookupEnv("TZ"); ok {
		name = strings.TrimPrefix(name, ":")
		if _, err := time.LoadLocation(name); err == nil && name != "Local" {
			return name
		}
		return ""
	}
	target, err := filepath.EvalSymlinks("/etc/localtime")
	if err != nil {
		return ""
	}
	_, name, _ := strings.Cut(target, "/zoneinfo/")
	return name
}
