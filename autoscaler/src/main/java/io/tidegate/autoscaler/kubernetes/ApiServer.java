package io.tidegate.autoscaler.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.tidegate.contracts.wire.Excerpt;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One exchange with the API server, with the client's addresses, credentials and trust. Nothing is tried twice here: the client is
 * configured not to, since a write tried again must be fenced again.
 */
final class ApiServer {

    private static final int MAX_WORDS = 1024;

    private final HttpClient http;
    private final String root;
    private final Duration timeout;

    ApiServer(KubernetesClient client, Duration timeout) {
        this.http = client.getHttpClient();
        String url = client.getMasterUrl().toString();
        this.root = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        this.timeout = timeout;
    }

    Response get(String path) throws IOException {
        return exchange(http.newHttpRequestBuilder().uri(root + path).header("Accept", "application/json"));
    }

    Response send(String method, String path, Content content, Map<String, String> headers) throws IOException {
        HttpRequest.Builder request = http.newHttpRequestBuilder()
                .uri(root + path)
                .method(method, content.type(), content.body())
                .header("Accept", "application/json");
        headers.forEach(request::header);
        return exchange(request);
    }

    private Response exchange(HttpRequest.Builder request) throws IOException {
        request.timeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(request.build(), String.class);
        try {
            HttpResponse<String> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            String body = response.body();
            return new Response(response.code(), body == null ? "" : body);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("no answer from the API server within " + timeout.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw new IOException("the API server can't be reached: " + words(e.getCause()), e);
        } catch (CancellationException e) {
            throw new IOException("the call to the API server was cancelled", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the API server", e);
        }
    }

    private static String words(@Nullable Throwable cause) {
        String words = cause == null ? "unknown" : String.valueOf(cause.getMessage());
        return Excerpt.of(words, MAX_WORDS);
    }

    /**
     * What is sent.
     *
     * @param type media type
     * @param body the text
     */
    record Content(String type, String body) {}

    /**
     * What came back.
     *
     * @param code HTTP status
     * @param body the text
     */
    record Response(int code, String body) {

        boolean succeeded() {
            return code >= 200 && code < 300;
        }
    }
}
