//go:build tools

// Package alertmanager pins the Alertmanager commands that the testbed builds.
package alertmanager

import (
	_ "github.com/prometheus/alertmanager/cmd/alertmanager"
	_ "github.com/prometheus/alertmanager/cmd/amtool"
)
