import { setTimeout as pause } from 'node:timers/promises';
import { Agent, request, type Dispatcher } from 'undici';
import { UserError } from '../output/terminal.js';

const triesMax = 4;
const waitSecondsMax = 65;
const answerSeconds = 20;

/** What the platform said no to, in its own words. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
  ) {
    super(`${status} ${code}: ${detail}`);
    this.name = 'Refusal';
  }
}

export interface CallOptions {
  readonly body?: unknown;
  /** Idempotency-Key. */
  readonly key?: string;
  /** Version of the object that the change was made on, for If-Match. */
  readonly version?: number;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH';

/** One person's device: an address of its own, and a session once signed in. Speaks JSON with the api. */
export class Caller {
  token: string | null = null;
  private agent: Agent;

  constructor(
    private readonly baseUrl: string,
    /** Where the requests come from, such as 127.0.0.7; null leaves it to the system. */
    address: string | null,
    /** Hears when the platform says that it is too much at once, and for how long. */
    private readonly onWait: (seconds: number) => void = () => undefined,
  ) {
    this.agent = agentFrom(address);
  }

  get<T>(path: string): Promise<T> {
    return this.call<T>('GET', path, {});
  }

  post<T>(path: string, options: CallOptions = {}): Promise<T> {
    return this.call<T>('POST', path, options);
  }

  put<T>(path: string, options: CallOptions): Promise<T> {
    return this.call<T>('PUT', path, options);
  }

  patch<T>(path: string, options: CallOptions): Promise<T> {
    return this.call<T>('PATCH', path, options);
  }

  /** Waits as the answer asks when there is too much at once; any other refusal is thrown. */
  async call<T>(method: Method, path: string, options: CallOptions): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      const { statusCode, headers, body } = await this.send(method, path, options);
      const text = await body.text();
      if (statusCode < 400) return (text === '' ? undefined : JSON.parse(text)) as T;
      const seconds = Number(headers['retry-after'] ?? 1);
      const isPassing = statusCode === 429 || statusCode === 503;
      if (!isPassing || attempt >= triesMax || seconds > waitSecondsMax) throw refusalOf(statusCode, text);
      this.onWait(seconds);
      await pause(Math.max(1, seconds) * 1000);
    }
  }

  close(): Promise<void> {
    return this.agent.close();
  }

  private async send(
    method: Method,
    path: string,
    { body, key, version }: CallOptions,
  ): Promise<Dispatcher.ResponseData> {
    const options = {
      method,
      headers: {
        accept: 'application/json',
        'accept-language': 'en',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.token === null ? {} : { authorization: `Bearer ${this.token}` }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    } as const;
    try {
      return await request(`${this.baseUrl}${path}`, { ...options, dispatcher: this.agent });
    } catch (error) {
      if (codeOf(error) === 'ECONNREFUSED') {
        throw new UserError(`Nothing answers at ${this.baseUrl}. Start the platform first: npm start`);
      }
      // Only Linux gives every 127.x.x.x without being asked; elsewhere all come from one address.
      if (codeOf(error) !== 'EADDRNOTAVAIL' && codeOf(error) !== 'EINVAL') throw error;
      this.agent = agentFrom(null);
      return request(`${this.baseUrl}${path}`, { ...options, dispatcher: this.agent });
    }
  }
}

function agentFrom(localAddress: string | null): Agent {
  const timeoutMs = answerSeconds * 1000;
  return new Agent({
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connections: 2,
    ...(localAddress === null ? {} : { localAddress }),
  });
}

function codeOf(error: unknown): string | undefined {
  return (error as { readonly code?: string }).code;
}

function refusalOf(status: number, text: string): Refusal {
  try {
    const { code, detail, errors } = JSON.parse(text) as Record<string, unknown>;
    const list = errors === undefined ? '' : ` ${JSON.stringify(errors)}`;
    return new Refusal(status, String(code), `${String(detail)}${list}`);
  } catch {
    return new Refusal(status, 'unreadable', text.slice(0, 200));
  }
}

/** Runs `work`, which has to be refused, and answers with the code of the refusal; `accepted` when it was not. */
export async function refusalCode(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
    return 'accepted';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

/** Does the work for each, a few at a time, and keeps the order of the results. */
export async function eachOf<T, R>(
  list: readonly T[],
  atOnce: number,
  work: (one: T, at: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < list.length; at = next++) results[at] = await work(list[at]!, at);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, list.length) }, lane));
  return results;
}
