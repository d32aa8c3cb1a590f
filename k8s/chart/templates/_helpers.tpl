{{- define "tidegate.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Name of a part's objects; takes (dict "root" $ "part" "engine"). */}}
{{- define "tidegate.name" -}}
{{- printf "%s-%s" (include "tidegate.fullname" .root) .part -}}
{{- end -}}

{{- define "tidegate.account" -}}
{{- default (include "tidegate.name" .) (index .root.Values .part).serviceAccount.name -}}
{{- end -}}

{{/* Labels that never change, since selectors name them. */}}
{{- define "tidegate.selector" -}}
app.kubernetes.io/name: {{ default .root.Chart.Name .root.Values.nameOverride }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .part }}
{{- end -}}

{{/* Labels of objects that belong to no part; takes the root. */}}
{{- define "tidegate.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "tidegate.partLabels" -}}
{{ include "tidegate.labels" .root }}
app.kubernetes.io/component: {{ .part }}
{{- end -}}

{{- define "tidegate.image" -}}
{{- $image := (index .root.Values .part).image -}}
{{- $repository := ternary $image.repository (printf "%s/%s" .root.Values.image.registry $image.repository) (empty .root.Values.image.registry) -}}
{{- if $image.digest -}}
{{- printf "%s@%s" $repository $image.digest -}}
{{- else -}}
{{- printf "%s:%s" $repository (coalesce $image.tag .root.Values.image.tag .root.Chart.AppVersion) -}}
{{- end -}}
{{- end -}}

{{- define "tidegate.secret" -}}
{{- default .root.Values.kafka.existingSecret (index .root.Values .part).existingSecret -}}
{{- end -}}

{{/* Ports of a list of host:port, as a YAML list. */}}
{{- define "tidegate.ports" -}}
{{- $ports := list -}}
{{- range splitList "," . -}}
{{- $ports = append $ports (splitList ":" . | last | trim | int) -}}
{{- end -}}
{{- $ports | uniq | toJson -}}
{{- end -}}

{{/*
The rules of the shipped role of a part, as a JSON list: all of them, those of kinds that belong to no namespace, or the
others; takes (dict "root" $ "part" "collector" "scope" "all|cluster|namespaced").
*/}}
{{- define "tidegate.rules" -}}
{{- $ofCluster := list "tidegate.io/scalingprofiles" "/namespaces" -}}
{{- $scope := .scope -}}
{{- $rules := list -}}
{{- range regexSplit "(?m)^---$" (.root.Files.Get (printf "files/rbac/%s.yaml" .part)) -1 -}}
{{- $object := fromYaml . -}}
{{- if eq (toString $object.kind) "ClusterRole" -}}
{{- range $rule := $object.rules -}}
{{- $kept := list -}}
{{- range $resource := $rule.resources -}}
{{- $here := has (printf "%s/%s" (first $rule.apiGroups) $resource) $ofCluster -}}
{{- if or (eq $scope "all") (and (eq $scope "cluster") $here) (and (eq $scope "namespaced") (not $here)) -}}
{{- $kept = append $kept $resource -}}
{{- end -}}
{{- end -}}
{{- if $kept -}}
{{- $rules = append $rules (dict "apiGroups" $rule.apiGroups "resources" $kept "verbs" $rule.verbs) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $rules | toJson -}}
{{- end -}}
