package io.tidegate.policyengine.topology;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/** Bounds the memory of all stores of the process together; what is used last is held as objects anyway. */
public final class BoundedRocksDb implements RocksDBConfigSetter {

    /** Write buffers count as part of it. */
    private static final long CACHE_BYTES = 64L << 20;

    /**
     * Under full load each workload is written once a second: the longer writes stay here, the more of them are replaced
     * before they reach a file, and need no compaction. With a half of these sizes, files take a sixth of the engine's core.
     */
    private static final long WRITE_BUFFERS_BYTES = 32L << 20;

    private static final long WRITE_BUFFER_BYTES = 4L << 20;

    static {
        RocksDB.loadLibrary();
    }

    private static final Cache CACHE = new LRUCache(CACHE_BYTES);
    private static final WriteBufferManager WRITE_BUFFERS = new WriteBufferManager(WRITE_BUFFERS_BYTES, CACHE);

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        if (options.tableFormatConfig() instanceof BlockBasedTableConfig table) {
            table.setBlockCache(CACHE);
            table.setCacheIndexAndFilterBlocks(true);
            options.setTableFormatConfig(table);
        }
        options.setWriteBufferManager(WRITE_BUFFERS);
        options.setWriteBufferSize(WRITE_BUFFER_BYTES);
        options.setMaxWriteBufferNumber(2);
        options.setInfoLogLevel(InfoLogLevel.ERROR_LEVEL);
        options.setStatsDumpPeriodSec(0);
    }

    @Override
    public void close(String storeName, Options options) {
        // Cache and write buffers are shared by all stores and live as long as the process.
    }
}
