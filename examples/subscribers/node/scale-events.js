// Prints what Tidegate decides, and what becomes of it, as it happens.

import process from 'node:process';
import { parseArgs } from 'node:util';

const USAGE = `Usage: node scale-events.js --bootstrap-server HOST:PORT [options]

Prints what Tidegate decides, and what becomes of it, as it happens.
Needs READ and DESCRIBE on tidegate.decisions and tidegate.facts, and READ on its consumer group. Ctrl-C ends it.

  --bootstrap-server HOST:PORT  a broker of Tidegate's Kafka
  --from-beginning              also what is kept, not only what comes
  --group GROUP                 consumer group (default scale-events-node)
  --workloads PREFIX            only these, such as CLUSTER/NAMESPACE/
  --topic-prefix PREFIX         what the names of the topics begin with, if anything
  --help                        print this text`;

const DECISION = 'io.tidegate.decision.v1';
const OUTCOME = 'io.tidegate.outcome.v1';

function fail(sentence, code = 1) {
  console.error(`scale-events: ${sentence}`);
  process.exit(code);
}

function options() {
  try {
    return parseArgs({
      options: {
        'bootstrap-server': { type: 'string' },
        'from-beginning': { type: 'boolean', default: false },
        group: { type: 'string', default: 'scale-events-node' },
        workloads: { type: 'string', default: '' },
        'topic-prefix': { type: 'string', default: '' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (failure) {
    return fail(`${failure.message}\n${USAGE}`, 2);
  }
}

async function libraries() {
  try {
    return { kafka: (await import('kafkajs')).default, zstd: await import('fzstd') };
  } catch (failure) {
    if (failure.code === 'ERR_MODULE_NOT_FOUND') {
      return fail('the Kafka client is missing: npm ci');
    }
    throw failure;
  }
}

// Records come at least once: tells what was printed before.
class Once {
  #seen = new Map();

  isNew(kind, body) {
    const step = [body.sequence, body.attempt ?? 0, body.result ?? ''];
    const key = `${kind} ${body.workload}`;
    const before = this.#seen.get(key);
    if (before && !Once.#isLater(step, before)) {
      return false;
    }
    this.#seen.set(key, step);
    return true;
  }

  static #isLater(step, before) {
    const at = step.findIndex((part, i) => part !== before[i]);
    return at >= 0 && step[at] > before[at];
  }
}

// What a record is printed as; undefined if it is of no interest.
function lineOf(message, once) {
  const kind = message.headers?.ce_type?.toString();
  if ((kind !== DECISION && kind !== OUTCOME) || message.value === null) {
    return undefined;
  }
  const body = JSON.parse(message.value.toString());
  if (!once.isNew(kind, body)) {
    return undefined;
  }
  return kind === DECISION
    ? `${body.at} ${body.workload} ${body.action}: ${body.sentence}`
    : `${message.headers.ce_time} ${body.workload} ${body.result} ${body.from} -> ${body.to}: ${body.message}`;
}

async function missingTopics(client, topics) {
  const admin = client.admin();
  await admin.connect();
  try {
    const present = new Set(await admin.listTopics());
    return topics.filter((topic) => !present.has(topic));
  } finally {
    await admin.disconnect();
  }
}

async function main() {
  const given = options();
  if (given.help) {
    console.log(USAGE);
    return;
  }
  if (!given['bootstrap-server']) {
    fail(`--bootstrap-server is missing.\n${USAGE}`, 2);
  }
  const { kafka, zstd } = await libraries();
  const { CompressionCodecs, CompressionTypes, Kafka, logLevel } = kafka;
  // Collector and autoscaler compress with zstd, which the client does not know by itself.
  CompressionCodecs[CompressionTypes.ZSTD] = () => ({
    compress: async () => {
      throw new Error('this program only reads');
    },
    decompress: async (bytes) => Buffer.from(zstd.decompress(bytes)),
  });
  const client = new Kafka({
    clientId: 'scale-events',
    brokers: [given['bootstrap-server']],
    connectionTimeout: 5000,
    logLevel: logLevel.NOTHING,
    retry: { retries: 3 },
  });
  const topics = ['tidegate.decisions', 'tidegate.facts'].map((name) => given['topic-prefix'] + name);
  const missing = await missingTopics(client, topics);
  if (missing.length > 0) {
    fail(`there is no topic ${missing.join(' and no ')}: is this the Kafka of Tidegate?`);
  }

  const consumer = client.consumer({ groupId: given.group, retry: { retries: 10 } });
  let ended = false;
  const end = async (code) => {
    if (!ended) {
      ended = true;
      await consumer.disconnect();
      process.exit(code);
    }
  };
  process.on('SIGINT', () => end(0));
  process.on('SIGTERM', () => end(0));
  process.stdout.on('error', () => end(0));
  consumer.on(consumer.events.CRASH, ({ payload }) => {
    if (!payload.restart) {
      console.error(`scale-events: ${payload.error.message}`);
      end(1);
    }
  });

  const once = new Once();
  await consumer.connect();
  await consumer.subscribe({ topics, fromBeginning: given['from-beginning'] });
  await consumer.run({
    eachMessage: async ({ message }) => {
      if ((message.key?.toString() ?? '').startsWith(given.workloads)) {
        const line = lineOf(message, once);
        if (line) {
          console.log(line);
        }
      }
    },
  });
}

main().catch((failure) => {
  const unreachable = /^(KafkaJSConnectionError|KafkaJSNumberOfRetriesExceeded|KafkaJSConnectionClosedError)$/.test(failure.name);
  fail(unreachable ? `no broker answers (${failure.message}).` : failure.message);
});
