package io.tidegate.collector.kafka;

import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/** Drops keys and values undecoded: that a record came is all that is wanted. */
final class NothingDeserializer implements Deserializer<Boolean> {

    @Override
    public Boolean deserialize(String topic, byte[] bytes) {
        return Boolean.TRUE;
    }

    @Override
    public Boolean deserialize(String topic, Headers headers, byte[] bytes) {
        return Boolean.TRUE;
    }

    /** Without this, bytes would be copied out of the buffer first. */
    @Override
    public Boolean deserialize(String topic, Headers headers, ByteBuffer bytes) {
        return Boolean.TRUE;
    }
}
