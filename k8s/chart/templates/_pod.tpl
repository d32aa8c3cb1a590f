{{/* A setting as text: YAML's numbers are floating, and 10485760 must not become 1.048576e+07. */}}
{{- define "tidegate.text" -}}
{{- if kindIs "float64" . -}}
{{- if eq (floor .) . }}{{ int64 . }}{{ else }}{{ . }}{{ end -}}
{{- else -}}
{{- toString . -}}
{{- end -}}
{{- end -}}

{{/* What a service reads as configuration. Its own keys come last, and win. */}}
{{- define "tidegate.properties" -}}
{{- $values := .root.Values -}}
{{- $properties := dict "tidegate.kafka.bootstrap-servers" $values.kafka.bootstrapServers -}}
{{- if ne .part "engine" -}}
{{- $_ := set $properties "tidegate.cluster" $values.cluster -}}
{{- end -}}
{{- $_ := set $properties "tidegate.topics.create" ($values.topics.create | toString) -}}
{{- $_ := set $properties "tidegate.topics.partitions" ($values.topics.partitions | int | toString) -}}
{{- with $values.topics.replicationFactor -}}
{{- $_ := set $properties "tidegate.topics.replication-factor" (int . | toString) -}}
{{- end -}}
{{- if and (eq .part "collector") $values.watch.namespaces -}}
{{- $_ := set $properties "tidegate.namespaces" (join "," $values.watch.namespaces) -}}
{{- end -}}
{{- $_ := set $properties "quarkus.log.console.json.enabled" (eq $values.log.format "json" | toString) -}}
{{- if and (eq .part "engine") $values.traces.endpoint -}}
{{- $_ := set $properties "tidegate.traces.endpoint" $values.traces.endpoint -}}
{{- end -}}
{{- range $key, $value := $values.kafka.properties -}}
{{- $_ := set $properties (printf "tidegate.kafka.properties.\"%s\"" $key) (include "tidegate.text" $value) -}}
{{- end -}}
{{- range $key, $value := (index $values .part).config -}}
{{- $_ := set $properties $key (include "tidegate.text" $value) -}}
{{- end -}}
# Above what is built in, below variables.
config_ordinal=270
{{- range $key, $value := $properties }}
{{ $key }}={{ $value | replace "\\" "\\\\" }}
{{- end }}
{{- end -}}

{{/* The pod template of a service; takes (dict "root" $ "part" "engine"). */}}
{{- define "tidegate.pod" -}}
{{- $root := .root -}}
{{- $part := .part -}}
{{- $values := index $root.Values $part -}}
{{- $secret := include "tidegate.secret" . -}}
metadata:
  labels:
    {{- include "tidegate.selector" . | nindent 4 }}
    {{- with $root.Values.commonLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $values.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  annotations:
    # New configuration means new pods.
    tidegate.io/configuration: {{ include "tidegate.properties" . | sha256sum | trunc 16 | quote }}
    {{- with $values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "tidegate.account" . }}
  automountServiceAccountToken: {{ ne $part "engine" }}
  enableServiceLinks: false
  terminationGracePeriodSeconds: {{ $values.terminationGracePeriodSeconds }}
  {{- with $root.Values.image.pullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with $values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  topologySpreadConstraints:
    {{- if $values.topologySpreadConstraints }}
    {{- toYaml $values.topologySpreadConstraints | nindent 4 }}
    {{- else }}
    {{- range $key := list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
    - maxSkew: 1
      topologyKey: {{ $key }}
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "tidegate.selector" $ | nindent 10 }}
    {{- end }}
    {{- end }}
  securityContext:
    {{- toYaml $root.Values.podSecurityContext | nindent 4 }}
  containers:
    - name: {{ $part }}
      image: {{ include "tidegate.image" . }}
      imagePullPolicy: {{ $root.Values.image.pullPolicy }}
      env:
        - name: POD_NAME
          valueFrom: {fieldRef: {fieldPath: metadata.name}}
        - name: POD_NAMESPACE
          valueFrom: {fieldRef: {fieldPath: metadata.namespace}}
        - name: POD_IP
          valueFrom: {fieldRef: {fieldPath: status.podIP}}
        - name: TIDEGATE_INSTANCE_ID
          value: $(POD_NAME)
        {{- if eq $part "engine" }}
        - name: TIDEGATE_STATE_DIR
          value: /var/lib/tidegate
        - name: TIDEGATE_ADVERTISED_ADDRESS
          value: {{ default (printf "$(POD_NAME).%s-headless.$(POD_NAMESPACE).svc:8080" (include "tidegate.name" .)) $values.advertisedAddress | quote }}
        {{- else }}
        # Its own account, never a kubeconfig that happens to lie about.
        - name: KUBERNETES_AUTH_TRYKUBECONFIG
          value: "false"
        {{- end }}
        - name: QUARKUS_CONFIG_LOCATIONS
          value: /etc/tidegate/config/application.properties{{ if $secret }},/etc/tidegate/kafka/application.properties{{ end }}
        - name: JDK_JAVA_OPTIONS
          value: {{ join " " $values.jvmOptions | quote }}
        {{- with $values.extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      ports:
        - name: http
          containerPort: 8080
      startupProbe:
        httpGet: {path: /q/health/live, port: http}
        periodSeconds: 1
        failureThreshold: 60
      livenessProbe:
        httpGet: {path: /q/health/live, port: http}
        periodSeconds: 10
        timeoutSeconds: 5
      readinessProbe:
        httpGet: {path: /q/health/ready, port: http}
        periodSeconds: 2
        timeoutSeconds: 5
      resources:
        {{- toYaml $values.resources | nindent 8 }}
      securityContext:
        {{- toYaml $root.Values.securityContext | nindent 8 }}
      volumeMounts:
        - name: config
          mountPath: /etc/tidegate/config
          readOnly: true
        {{- if $secret }}
        - name: kafka
          mountPath: /etc/tidegate/kafka
          readOnly: true
        {{- end }}
        {{- if eq $part "engine" }}
        - name: state
          mountPath: /var/lib/tidegate
        {{- end }}
        # Native libraries are unpacked here.
        - name: tmp
          mountPath: /tmp
        {{- with $values.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
  volumes:
    - name: config
      configMap:
        name: {{ include "tidegate.name" . }}
    {{- if $secret }}
    - name: kafka
      secret:
        secretName: {{ $secret }}
    {{- end }}
    {{- if and (eq $part "engine") (not $values.persistence.enabled) }}
    - name: state
      emptyDir: {sizeLimit: {{ $values.persistence.size }}}
    {{- end }}
    - name: tmp
      emptyDir: {sizeLimit: 256Mi}
    {{- with $values.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end -}}
