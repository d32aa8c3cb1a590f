package io.tidegate.collector.prometheus;

import io.tidegate.collector.http.BoundedBody;
import io.tidegate.collector.http.DirectHttp;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.wire.KubernetesDuration;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the instant query API. Redirects are not followed and no proxy is asked, so that nothing but what a Connection names is
 * ever called; nothing is sent but the query.
 */
public final class PrometheusApi implements QuerySampler.Source {

    private static final int OK = 200;

    private final HttpClient http;
    private final Duration limit;
    private final InstantSource clock;

    /**
     * @param limit how long a query may take, from asking to the end of the answer
     */
    public PrometheusApi(Duration limit, InstantSource clock) {
        this.limit = limit;
        this.clock = clock;
        this.http = DirectHttp.client(limit);
    }

    @Override
    public CompletionStage<Reading> ask(QuerySignal signal) {
        HttpRequest request = HttpRequest.newBuilder(endpoint(signal.server()))
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .timeout(limit)
                .POST(HttpRequest.BodyPublishers.ofString(form(signal)))
                .build();
        CompletableFuture<HttpResponse<byte[]>> sent =
                http.sendAsync(request, response -> new BoundedBody(InstantAnswer.MOST_BYTES));
        // The request's own limit ends with the headers of the answer.
        return sent.copy().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).<Reading>handle((response, failure) -> {
            if (failure != null) {
                sent.cancel(true);
                return failed(failure);
            }
            return answered(response, signal);
        });
    }

    private Reading answered(HttpResponse<byte[]> response, QuerySignal signal) {
        int status = response.statusCode();
        return status == OK
                ? InstantAnswer.read(response.body(), signal.maxAge(), clock.instant())
                : new Reading.Failed(
                        InstantAnswer.refusal(response.body()).orElse("the Prometheus answered with status " + status));
    }

    private Reading failed(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BoundedBody.TooLargeException) {
                return new Reading.Failed("the Prometheus gave more than " + InstantAnswer.MOST_BYTES + " bytes");
            }
            if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
                return new Reading.Failed("the Prometheus did not answer within " + KubernetesDuration.format(limit));
            }
        }
        return new Reading.Failed("the Prometheus can't be reached");
    }

    /** Two series are enough to know that there are several. */
    private String form(QuerySignal signal) {
        return "query=" + URLEncoder.encode(signal.query(), StandardCharsets.UTF_8)
                + "&timeout=" + limit.toMillis() + "ms"
                + "&lookback_delta=" + signal.maxAge().toMillis() + "ms"
                + "&limit=2";
    }

    private static URI endpoint(URI server) {
        String base = server.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/api/v1/query");
    }
}
