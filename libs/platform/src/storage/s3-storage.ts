import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { AwsClient } from 'aws4fetch';
import { Storage, StoredBytesMissing } from './storage.js';

export interface S3Bucket {
  /** Address of the bucket in path style, such as `https://s3.example.com/hehuo-files`. */
  readonly url: string;
  readonly region: string;
  readonly keyId: string;
  readonly secret: string;
}

/** A store that is busy or broken is asked this often again, with growing pauses; the caller's request waits meanwhile. */
const retriesMax = 3;

/**
 * Bytes as objects of one bucket of S3 or of what speaks like it, for an installation of several machines. Every request
 * signs the hash of what it sends, so the store refuses what the line has changed. A put answers when the store has it.
 */
export class S3Storage extends Storage {
  private readonly client: AwsClient;
  private readonly url: string;

  /** `answerMsMax` is the longest time for one object, its bytes and all repetitions included. */
  constructor(
    { url, region, keyId, secret }: S3Bucket,
    private readonly answerMsMax = 30_000,
  ) {
    super();
    this.url = url.replace(/\/+$/, '');
    this.client = new AwsClient({
      ...{ accessKeyId: keyId, secretAccessKey: secret, region, service: 's3', retries: retriesMax },
    });
  }

  async put(key: string, bytes: Uint8Array): Promise<void> {
    const answer = await this.ask('PUT', key, bytes);
    await answer.body?.cancel();
    if (!answer.ok) throw refused('PUT', answer);
  }

  async get(key: string): Promise<Readable> {
    const answer = await this.ask('GET', key);
    if (answer.ok && answer.body) return Readable.fromWeb(answer.body as ReadableStream<Uint8Array>);
    await answer.body?.cancel();
    throw answer.status === 404 ? new StoredBytesMissing(key) : refused('GET', answer);
  }

  async remove(key: string): Promise<void> {
    const answer = await this.ask('DELETE', key);
    await answer.body?.cancel();
    if (!answer.ok && answer.status !== 404) throw refused('DELETE', answer);
  }

  async exists(key: string): Promise<boolean> {
    const answer = await this.ask('HEAD', key);
    if (!answer.ok && answer.status !== 404) throw refused('HEAD', answer);
    return answer.ok;
  }

  private ask(method: string, key: string, bytes?: Uint8Array): Promise<Response> {
    this.accept(key);
    const hash = createHash('sha256')
      .update(bytes ?? '')
      .digest('hex');
    return this.client.fetch(`${this.url}/${key}`, {
      method,
      headers: { 'x-amz-content-sha256': hash },
      signal: AbortSignal.timeout(this.answerMsMax),
      ...(bytes === undefined ? {} : { body: bytes as Uint8Array<ArrayBuffer> }),
    });
  }
}

/** The store's own words may name the account, so only its status is told. */
function refused(method: string, { status }: Response): Error {
  return new Error(`the object store answered ${method} with ${status}`);
}
