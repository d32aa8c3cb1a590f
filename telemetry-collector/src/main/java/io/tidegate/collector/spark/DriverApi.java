package io.tidegate.collector.spark;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidegate.collector.http.BoundedBody;
import io.tidegate.collector.http.DirectHttp;
import io.tidegate.collector.spark.DriverRows.ApplicationRow;
import io.tidegate.collector.spark.DriverRows.ExecutorRow;
import io.tidegate.collector.spark.DriverRows.JobRow;
import io.tidegate.collector.spark.DriverRows.StageRow;
import io.tidegate.contracts.fact.Reading;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the REST API of a driver. An answer is untrusted: bounded in size and time, and only numbers of it are taken. Redirects are
 * not followed, no proxy is asked, and nothing is sent that could be kept.
 */
final class DriverApi {

    /** Executors have about 1,500 bytes each. */
    private static final int MOST_BYTES = 4 << 20;

    private static final int MOST_STRING = 1 << 20;
    private static final int MOST_DEPTH = 32;
    private static final int MOST_NUMBER = 40;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    /** Of the tasks that succeeded only, and of no use to releases before 3.1, which leave it out. */
    private static final String SUMMARIES = "&withSummaries=true&quantiles=0.5,0.95,1.0";

    private static final Pattern ADDRESS = Pattern.compile("[0-9.]{7,15}|[0-9a-fA-F:.]{2,45}");
    private static final String OTHERWISE = "the REST API of the driver gave what Spark's does not give";
    private static final String NO_ADDRESS = "the driver pod has no address that is a pod's";

    private final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxDocumentLength(MOST_BYTES)
                            .maxNestingDepth(MOST_DEPTH)
                            .maxStringLength(MOST_STRING)
                            .maxNumberLength(MOST_NUMBER)
                            .build())
                    .build())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private final HttpClient http;
    private final Duration limit;
    private final InstantSource clock;

    /** The driver can't be read; the message says why, and repeats nothing of an answer. */
    static final class UnreadableDriverException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableDriverException(String message) {
            super(message);
        }
    }

    /**
     * @param limit how long each of the five requests of a reading may take
     */
    DriverApi(Duration limit, InstantSource clock) {
        this.limit = limit;
        this.clock = clock;
        this.http = DirectHttp.client(limit);
    }

    /**
     * Reads a driver; blocks.
     *
     * @throws UnreadableDriverException if it does not answer, or not with what Spark answers
     * @throws InterruptedException if interrupted while waiting
     */
    Reading.Spark read(PolledDriver driver) throws UnreadableDriverException, InterruptedException {
        ApplicationRow application = answer(driver, "", ApplicationRow.class);
        List<ExecutorRow> executors = rows(driver, "/executors", ExecutorRow[].class);
        List<JobRow> jobs = rows(driver, "/jobs?status=running", JobRow[].class);
        List<StageRow> active = rows(driver, "/stages?status=active" + SUMMARIES, StageRow[].class);
        List<StageRow> pending = rows(driver, "/stages?status=pending", StageRow[].class);
        return new DriverRows(application, executors, jobs, active, pending)
                .reading(driver.appId(), clock.instant())
                .orElseThrow(() -> new UnreadableDriverException(
                        "no executor has registered yet, so that it is not known how many tasks one runs at a time"));
    }

    private <T> List<T> rows(PolledDriver driver, String what, Class<T[]> type)
            throws UnreadableDriverException, InterruptedException {
        T[] rows = answer(driver, what, type);
        if (Arrays.stream(rows).anyMatch(Objects::isNull)) {
            throw new UnreadableDriverException(OTHERWISE);
        }
        return List.of(rows);
    }

    private <T> T answer(PolledDriver driver, String what, Class<T> type)
            throws UnreadableDriverException, InterruptedException {
        try {
            @Nullable T answer = mapper.readValue(get(driver, what), type);
            if (answer != null) {
                return answer;
            }
        } catch (IOException e) {
            // Its message quotes the answer.
        }
        throw new UnreadableDriverException(OTHERWISE);
    }

    private byte[] get(PolledDriver driver, String what) throws UnreadableDriverException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(
                HttpRequest.newBuilder(uri(driver, what))
                        .header("Accept", "application/json")
                        .timeout(limit)
                        .build(),
                response -> new BoundedBody(MOST_BYTES));
        try {
            HttpResponse<byte[]> response = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() == OK) {
                return response.body();
            }
            throw new UnreadableDriverException(
                    response.statusCode() == NOT_FOUND
                            ? "the REST API of the driver does not know the application, or is of another"
                            : "the REST API of the driver answered with status " + response.statusCode());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new UnreadableDriverException(
                    "the REST API of the driver did not answer within " + limit.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw new UnreadableDriverException(
                    e.getCause() instanceof BoundedBody.TooLargeException
                            ? "the REST API of the driver gave more than " + MOST_BYTES + " bytes"
                            : "the REST API of the driver can't be reached");
        }
    }

    private static URI uri(PolledDriver driver, String what) throws UnreadableDriverException {
        try {
            if (!ADDRESS.matcher(driver.address()).matches()) {
                throw new UnreadableDriverException(NO_ADDRESS);
            }
            // A literal: nothing is looked up.
            InetAddress address = InetAddress.getByName(driver.address());
            if (!DirectHttp.isCallable(address)) {
                throw new UnreadableDriverException(NO_ADDRESS);
            }
            String host = address instanceof Inet6Address ? "[" + driver.address() + "]" : driver.address();
            return new URI("http://" + host + ":" + driver.port() + "/api/v1/applications/" + driver.appId() + what);
        } catch (UnknownHostException | URISyntaxException e) {
            throw new UnreadableDriverException(NO_ADDRESS);
        }
    }
}
