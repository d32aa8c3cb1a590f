//go:build tools

// Package crane pins the registry that the testbed builds.
package crane

import (
	_ "github.com/google/go-containerregistry/cmd/crane"
)
