//go:build tools

// Package controlplane pins the kwok command that the testbed builds.
package controlplane

import _ "sigs.k8s.io/kwok/cmd/kwok"
