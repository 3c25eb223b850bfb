import { UnitOfWork } from '@hehuo/kernel';
import {
  ApplyGatewayEvent,
  ApprovePayout,
  DueGatewayEvents,
  DueRefunds,
  OpenCharge,
  PayablePledges,
  PayOut,
  PayoutBudgets,
  PlaceCharge,
  ProposePayout,
  ReceiveCallback,
  RequestRefund,
  SendRefund,
  type Charge,
  type OpenChargeInput,
  type PayablePledge,
  type PayoutCampaign,
  type PayoutInput,
  type PayoutOutcomeInput,
  type ProposePayoutInput,
  type RawCallback,
  type RefundWish,
} from '@hehuo/payment';
import { TestBudgets, TestPledges } from '../integration/payment/ports.js';

export type Get = <T>(token: abstract new (...values: never[]) => T) => T;

/** What the ports of the test know by heart; a process of its own has to be told. */
export interface Known {
  readonly pledge?: PayablePledge;
  readonly campaign?: PayoutCampaign;
}

export type PlacedCharge = Pick<Charge, 'id' | 'number'>;
const placed = ({ id, number }: Charge): PlacedCharge => ({ id, number });
const rowsMax = 100;

/**
 * Everything that a process of ours does on the way of one sum of money, one message each. The process that dies and
 * the one that comes after it run the same lines.
 */
export const STEPS = {
  know: async (get: Get, { pledge, campaign }: Known) => {
    const pledges = get(PayablePledges);
    const budgets = get(PayoutBudgets);
    if (pledge && pledges instanceof TestPledges) pledges.known.set(pledge.pledgeId, pledge);
    if (campaign && budgets instanceof TestBudgets) budgets.known = campaign;
  },
  open: async (get: Get, wish: OpenChargeInput) => placed((await get(OpenCharge).execute(wish)).charge),
  place: async (get: Get, { id }: PlacedCharge) => placed(await get(PlaceCharge).execute(id)),
  callback: async (get: Get, { gateway, callback }: { gateway: string; callback: RawCallback }) => {
    await get(ReceiveCallback).execute(gateway, callback);
  },
  events: async (get: Get) => {
    for (const eventId of await get(DueGatewayEvents).execute(rowsMax))
      await get(ApplyGatewayEvent).execute(eventId);
  },
  requestRefund: (get: Get, wish: RefundWish) =>
    get(UnitOfWork).run((tx) => get(RequestRefund).execute(tx, wish)),
  sendRefunds: async (get: Get) => {
    for (const refundId of await get(DueRefunds).execute(rowsMax)) await get(SendRefund).execute(refundId);
  },
  propose: (get: Get, input: ProposePayoutInput) => get(ProposePayout).execute(input),
  approve: (get: Get, input: PayoutInput) => get(ApprovePayout).execute(input),
  send: (get: Get, input: PayoutInput) => get(PayOut).send(input),
  confirm: (get: Get, input: PayoutOutcomeInput) => get(PayOut).confirm(input),
};

export type Steps = typeof STEPS;
export type StepName = keyof Steps;
export type InputOf<N extends StepName> = Parameters<Steps[N]>[1];
export type AnswerOf<N extends StepName> = Awaited<ReturnType<Steps[N]>>;
/** Does one step in some process. */
export type Run = <N extends StepName>(name: N, input: InputOf<N>) => Promise<AnswerOf<N>>;
