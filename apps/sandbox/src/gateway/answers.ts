/** What the gateway says, before a faulty line garbles it. */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Refusals carry a stable `code` for programs and a `message` for people. */
export function refuse(status: number, code: string, message: string): Answer {
  return { status, body: { code, message } };
}

export function orderNotFound(): Answer {
  return refuse(404, 'order_not_found', 'There is no such order.');
}

export function refundNotFound(): Answer {
  return refuse(404, 'refund_not_found', 'There is no such refund.');
}

export function orderClosed(): Answer {
  return refuse(409, 'order_closed', 'The order is closed or expired and cannot be paid.');
}
