//go:build tools

// Package controlplane pins the etcd server that the testbed builds.
package controlplane

import _ "go.etcd.io/etcd/server/v3"
