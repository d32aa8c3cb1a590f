//go:build tools

// Package gotool pins the helm that the testbed builds.
package gotool

import _ "helm.sh/helm/v3/cmd/helm"
