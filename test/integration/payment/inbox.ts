import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PaymentError, type RawCallback } from '@hehuo/payment';

export interface Answered {
  readonly status: number;
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
}

const STATUS: Readonly<Record<string, number>> = {
  ...{ callback_refused: 401, callback_malformed: 400, callback_too_large: 413 },
};

/** The bare HTTP end of callbacks: hands the bytes over and answers as the api does. */
export class Inbox {
  readonly answered: Answered[] = [];
  private take: (callback: RawCallback) => Promise<unknown> = () => Promise.resolve();
  private readonly server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      void this.statusOf({ merchantRef: null, headers: request.headers, body }).then((status) => {
        this.answered.push({ status, body: body.toString(), headers: request.headers });
        response.writeHead(status).end();
      });
    });
  });

  async start(take: (callback: RawCallback) => Promise<unknown>): Promise<string> {
    this.take = take;
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): Promise<unknown> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(resolve));
  }

  private async statusOf(callback: RawCallback): Promise<number> {
    try {
      await this.take(callback);
      return 200;
    } catch (error) {
      return error instanceof PaymentError ? (STATUS[error.code] ?? 409) : 503;
    }
  }
}
