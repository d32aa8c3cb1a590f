package io.tidegate.testbed.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceProgramTest {

    @TempDir
    private Path application;

    @Test
    void buildsOfTheSameBytesHaveTheSameTimes() throws IOException {
        FileTime first = stamped("the same");
        FileTime other = stamped("different");

        assertEquals(first, stamped("the same"));
        assertNotEquals(first, other);
    }

    @Test
    void filesKeepTheTimesThatTheyWereOnceGiven() throws IOException {
        FileTime once = stamped("the same");

        ServiceProgram.files(application);

        assertEquals(once, Files.getLastModifiedTime(application.resolve("lib/one.jar")));
    }

    private FileTime stamped(String content) throws IOException {
        Path file = Files.createDirectories(application.resolve("lib")).resolve("one.jar");
        Files.writeString(file, content);
        assertEquals(List.of(file), ServiceProgram.files(application));
        return Files.getLastModifiedTime(file);
    }
}
