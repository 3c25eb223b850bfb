import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** A registry of its own, so that several apis can live in one process of tests. */
export class Metrics {
  readonly registry = new Registry();

  readonly requestSeconds = new Histogram({
    name: 'hehuo_http_request_seconds',
    help: 'how long requests took, by route as the router knows it',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
    registers: [this.registry],
  });

  readonly listeners = new Gauge({
    name: 'hehuo_stream_listeners',
    help: 'open connections to /v1/stream',
    registers: [this.registry],
  });

  readonly listenersDropped = new Counter({
    name: 'hehuo_stream_listeners_dropped_total',
    help: 'listeners that were cut off because they read too slowly; they come back by themselves',
    registers: [this.registry],
  });

  constructor(withProcessMetrics: boolean) {
    if (withProcessMetrics) collectDefaultMetrics({ register: this.registry });
  }

  /** Adds a gauge that reads when it is asked; NaN when the reading fails. */
  addReading(name: string, help: string, read: () => Promise<number>): void {
    const gauge: Gauge = new Gauge({
      name,
      help,
      registers: [this.registry],
      collect: async () => {
        gauge.set(await read().catch(() => Number.NaN));
      },
    });
  }
}
