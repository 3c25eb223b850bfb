import type { FastifyReply } from 'fastify';
import type { Command } from '../books/entries.js';
import type { Courier } from '../callbacks/courier.js';
import type { Clock } from '../clock.js';
import type { FaultSwitches, Subject } from '../faults/fault-switches.js';
import { transportFaults, type Operation } from '../faults/rules.js';
import { refuse, type Answer } from '../gateway/answers.js';
import type { Gateway } from '../gateway/gateway.js';

declare module 'fastify' {
  interface FastifyReply {
    /** Set by the switch that spoils the signature of the response. */
    isSignatureSpoiled: boolean;
    /** Set beside it by the switch whose wrong signature says that it is wrong on purpose. */
    isSignatureProbe: boolean;
  }
}

/** Text that is no JSON, cut off in the middle as by a broken proxy; its signature is in order. */
const garbage = '{"orderNo":"<html><body>502 Bad Gatew';

export type Render = (reply: FastifyReply, answer: Answer) => FastifyReply;

export const asJson: Render = (reply, { status, body }) => reply.code(status).send(body);

/** Carries requests out through the transport switches: the books change, or not, whatever the caller gets to see. */
export class Performer {
  private readonly held = new Set<() => void>();

  constructor(
    private readonly gateway: Gateway,
    private readonly faults: FaultSwitches,
    private readonly courier: Courier,
    private readonly clock: Clock,
  ) {}

  command(reply: FastifyReply, command: Command, render: Render = asJson): Promise<FastifyReply> {
    const { operation, orderNo } = command;
    const refundNo = 'refundNo' in command ? command.refundNo : undefined;
    return this.perform(reply, operation, { orderNo, refundNo }, render, (atOnce, dueAtMs) => {
      if (dueAtMs === undefined) return this.gateway.execute(command, atOnce);
      this.gateway.defer(command, dueAtMs);
      return undefined;
    });
  }

  query(
    reply: FastifyReply,
    operation: Operation,
    subject: Subject,
    read: () => Answer,
    render: Render = asJson,
  ): Promise<FastifyReply> {
    return this.perform(reply, operation, subject, render, () => ({ answer: read(), deliveries: [] }));
  }

  /** Drops every connection that a timeout switch holds, so that stopping does not wait for them. */
  dropHeld(): void {
    for (const drop of this.held) drop();
  }

  private async perform(
    reply: FastifyReply,
    operation: Operation,
    subject: Subject,
    render: Render,
    run: (atOnce: boolean, dueAtMs?: number) => { answer: Answer; deliveries: readonly string[] } | undefined,
  ): Promise<FastifyReply> {
    const rule = this.faults.take(operation, transportFaults, subject);
    switch (rule?.fault) {
      case 'reject':
        return render(reply, refuse(422, 'rejected', 'The gateway refuses this request.'));
      case 'rate-limited':
        return render(
          reply.header('retry-after', '1'),
          refuse(429, 'rate_limited', 'Too many requests: wait.'),
        );
      case 'timeout-then-apply-later':
        run(false, this.clock.nowMs() + rule.delayMs + rule.laterMs);
        return this.hold(reply, rule.delayMs);
      case 'apply-then-timeout':
        run(false);
        return this.hold(reply, rule.delayMs);
      case 'error-500-after-apply':
        run(false);
        return render(reply, refuse(500, 'internal_error', 'Something went wrong.'));
      case 'garbage-after-apply':
        run(false);
        return reply.code(200).type('application/json').send(garbage);
      case 'bad-response-signature-after-apply':
      case 'response-signature-probe-after-apply':
        reply.isSignatureSpoiled = true;
        reply.isSignatureProbe = rule.fault === 'response-signature-probe-after-apply';
        break;
      case 'callback-before-response': {
        const executed = run(true);
        await this.courier.tried(executed?.deliveries ?? [], rule.delayMs);
        return executed ? render(reply, executed.answer) : reply;
      }
      default:
    }
    const executed = run(false);
    return executed ? render(reply, executed.answer) : reply;
  }

  /** Says nothing for `delayMs` and then cuts the line; ends sooner when the caller hangs up. */
  private hold(reply: FastifyReply, delayMs: number): Promise<FastifyReply> {
    reply.hijack();
    return new Promise((resolve) => {
      const drop = (): void => {
        clearTimeout(timer);
        this.held.delete(drop);
        reply.raw.destroy();
        resolve(reply);
      };
      const timer = setTimeout(drop, delayMs);
      this.held.add(drop);
      reply.raw.once('close', drop);
    });
  }
}
