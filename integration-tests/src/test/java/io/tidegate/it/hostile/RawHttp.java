package io.tidegate.it.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Requests byte by byte, as no client library would send them. */
final class RawHttp {

    private static final int PATIENCE_MILLIS = 40_000;
    private static final int LONGEST_ANSWER = 1 << 20;

    private RawHttp() {}

    /**
     * What came back.
     *
     * @param status 0 if the connection ended without an answer
     * @param body the text after the head
     */
    record Answer(int status, String body) {}

    /** A whole request. Each character of method, path and headers is a byte. */
    static byte[] request(String method, String path, List<String> headers, byte[] body) {
        StringBuilder head = new StringBuilder();
        head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: tidegate\r\nConnection: close\r\n");
        headers.forEach(header -> head.append(header).append("\r\n"));
        if (body.length > 0 && headers.stream().noneMatch(header -> header.startsWith("Transfer-Encoding"))) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        whole.writeBytes(body);
        return whole.toByteArray();
    }

    static byte[] get(String path, String... headers) {
        return request("GET", path, List.of(headers), new byte[0]);
    }

    /** A body in chunks of 64 KiB. */
    static byte[] chunked(byte[] body) {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        for (int from = 0; from < body.length; from += 65_536) {
            int length = Math.min(65_536, body.length - from);
            chunks.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            chunks.write(body, from, length);
            chunks.writeBytes("\r\n".getBytes(StandardCharsets.ISO_8859_1));
        }
        chunks.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        return chunks.toByteArray();
    }

    /** Sends bytes, and waits until the other side has said all and closes. */
    static Answer send(URI address, byte[] bytes) {
        return exchange(address, bytes, false);
    }

    /** Sends bytes, says that no more will come, and waits. */
    static Answer sendAndEnd(URI address, byte[] bytes) {
        return exchange(address, bytes, true);
    }

    private static Answer exchange(URI address, byte[] bytes, boolean end) {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            write(socket, bytes, end);
            return answer(read(socket.getInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Socket socket, byte[] bytes, boolean end) throws IOException {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            // The answer may be there before all is sent.
            return;
        }
        if (end) {
            socket.shutdownOutput();
        }
    }

    private static byte[] read(InputStream from) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] some = new byte[16_384];
        try {
            int read = from.read(some);
            while (read >= 0 && all.size() < LONGEST_ANSWER) {
                all.write(some, 0, read);
                read = from.read(some);
            }
        } catch (IOException e) {
            // Cut off, or silent for too long: what came until then counts.
        }
        return all.toByteArray();
    }

    private static Answer answer(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        return text.startsWith("HTTP/") && end > 0
                ? new Answer(Integer.parseInt(text.substring(9, 12)), text.substring(end + 4))
                : new Answer(0, text);
    }
}
