/** What somebody may agree to. Each is asked for by itself (personal information protection law §§14, 23, 25, 29). */
export const CONSENT_KINDS = ['privacy_notice', 'publish_name', 'sensitive_data', 'hand_over'] as const;
export type ConsentKind = (typeof CONSENT_KINDS)[number];

export interface ConsentTerms {
  /** The version in force. A consent to another version stays in the record and is not enough any more. */
  readonly version: string;
  /** Whether it names somebody who receives the data. */
  readonly namesReceiver: boolean;
  readonly label: { readonly 'zh-CN': string; readonly en: string };
}

/** Labels only: the text of the notice is the operator's, and a new text is a new version here. */
export const CONSENT_TERMS: Readonly<Record<ConsentKind, ConsentTerms>> = {
  privacy_notice: {
    version: '2026-11',
    namesReceiver: false,
    label: { 'zh-CN': '我已阅读隐私说明', en: 'I have read the privacy notice' },
  },
  publish_name: {
    version: '2026-11',
    namesReceiver: false,
    label: { 'zh-CN': '公开时显示我的全名', en: 'Show my full name in public' },
  },
  sensitive_data: {
    version: '2026-11',
    namesReceiver: false,
    label: { 'zh-CN': '同意处理敏感个人信息', en: 'Process sensitive personal information' },
  },
  hand_over: {
    version: '2026-11',
    namesReceiver: true,
    label: { 'zh-CN': '把我的信息交给指定的接收方', en: 'Hand my data over to the named receiver' },
  },
};

export function isConsentKind(value: string): value is ConsentKind {
  return Object.hasOwn(CONSENT_TERMS, value);
}
