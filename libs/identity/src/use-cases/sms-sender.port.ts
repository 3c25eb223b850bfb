export interface SmsMessage {
  /** Ours, the same on a second try, for providers that drop repeats. */
  readonly reference: string;
  readonly phone: string;
  readonly maskedPhone: string;
  /** Providers send approved templates only; this names ours, and the adapter maps it to theirs. */
  readonly template: 'sign_in_code';
  readonly values: { readonly code: string };
}

/** Hands a text to a provider. Throws when it surely or perhaps was not taken. */
export abstract class SmsSender {
  abstract send(message: SmsMessage): Promise<void>;
}
