import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PaymentError, type Acknowledgement, type RawCallback } from '@hehuo/payment';

export interface Answered {
  readonly status: number;
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
}

const STATUS: Readonly<Record<string, number>> = {
  ...{ callback_refused: 401, callback_malformed: 400, callback_too_large: 413 },
};

/** Answers with what the gateway reads as "taken", or with any word where a plain 200 will do. */
type Take = (callback: RawCallback, gateway: string) => Promise<Acknowledgement | string>;

const plain: Acknowledgement = { contentType: 'text/plain', body: '' };
const callbackPattern = /^\/v1\/gateways\/([a-z]+)\/callbacks(?:\/([^/?]+))?$/;

/** The bare HTTP end of callbacks: hands the bytes over and answers as the api does. */
export class Inbox {
  readonly answered: Answered[] = [];
  private take: Take = () => Promise.resolve(plain);
  private readonly server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const [, gateway = 'sandbox', merchant] = callbackPattern.exec(request.url ?? '') ?? [];
      const callback = { merchantRef: merchant ?? null, headers: request.headers, body };
      void this.answerTo(gateway, callback).then(({ status, said }) => {
        this.answered.push({ status, body: body.toString(), headers: request.headers });
        response.writeHead(status, { 'content-type': said.contentType }).end(said.body);
      });
    });
  });

  async start(take: Take): Promise<string> {
    this.take = take;
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): Promise<unknown> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(resolve));
  }

  private async answerTo(
    gateway: string,
    callback: RawCallback,
  ): Promise<{ status: number; said: Acknowledgement }> {
    try {
      return { status: 200, said: acknowledged(await this.take(callback, gateway)) };
    } catch (error) {
      const status = error instanceof PaymentError ? (STATUS[error.code] ?? 409) : 503;
      return { status, said: plain };
    }
  }
}

function acknowledged(said: Acknowledgement | string): Acknowledgement {
  return typeof said === 'string' ? plain : said;
}
