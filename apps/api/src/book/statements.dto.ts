import { ApiProperty } from '@nestjs/swagger';
import type { CampaignFigures, PublicKey, Statement, StatementView as View } from '@hehuo/book';

const fen = { type: String, example: '5000', description: 'fen' } as const;
const instant = { type: String, format: 'date-time' } as const;

export class FiguresView {
  @ApiProperty(fen) opening!: string;
  @ApiProperty(fen) received!: string;
  @ApiProperty(fen) returned!: string;
  @ApiProperty(fen) spent!: string;
  @ApiProperty(fen) closing!: string;
}

export class CampaignFiguresView extends FiguresView {
  @ApiProperty({ type: String, nullable: true, example: 'cmp_01…' }) campaignId!: string | null;
}

export class StatementItem extends FiguresView {
  @ApiProperty({ example: 'stm_01…' }) id!: string;
  @ApiProperty() communityId!: string;
  @ApiProperty() custodyAccountId!: string;
  @ApiProperty({ example: '2026-11' }) month!: string;
  @ApiProperty({ type: 'integer', description: 'from 1, without a gap' }) number!: number;
  @ApiProperty({ type: String }) lines!: string;
  @ApiProperty({ description: 'SHA-256 of the text, hexadecimal' }) hash!: string;
  @ApiProperty(instant) frozenAt!: string;
}

export class StatementPage {
  @ApiProperty({ type: [StatementItem], description: 'newest month first' }) items!: StatementItem[];
  @ApiProperty({ type: String, nullable: true }) next!: string | null;
}

export class StatementView extends StatementItem {
  @ApiProperty({ description: 'the legal body that holds the money' }) custodian!: string;
  @ApiProperty({ type: [CampaignFiguresView] }) campaigns!: CampaignFiguresView[];
  @ApiProperty({ description: 'SHA-256 over the canonical lines, hexadecimal' }) linesHash!: string;
  @ApiProperty() previousHash!: string;
  @ApiProperty({ description: 'what was signed, byte for byte in UTF-8' }) text!: string;
  @ApiProperty() keyId!: string;
  @ApiProperty({ description: 'Ed25519 over the text, base64' }) signature!: string;
}

export class StatementKeyView {
  @ApiProperty({ description: 'first 16 hexadecimal digits of the SHA-256 of the public key' })
  keyId!: string;
  @ApiProperty({ enum: ['Ed25519'] }) algorithm!: 'Ed25519';
  @ApiProperty({ description: 'SubjectPublicKeyInfo (DER) in base64' }) publicKey!: string;
  @ApiProperty({ description: 'signs now; the others are kept to check what they signed' }) current!: boolean;
  @ApiProperty(instant) since!: string;
}

export class StatementKeysView {
  @ApiProperty({ type: [StatementKeyView] }) items!: StatementKeyView[];
}

function figures({
  opening,
  received,
  returned,
  spent,
  closing,
}: Omit<CampaignFigures, 'campaignId'>): FiguresView {
  return {
    opening: opening.toString(),
    received: received.toString(),
    returned: returned.toString(),
    spent: spent.toString(),
    closing: closing.toString(),
  };
}

export function statementItem(statement: Statement): StatementItem {
  const { id, communityId, custodyAccountId, month, number, lineCount, hash, frozenAt } = statement;
  return {
    ...{ id, communityId, custodyAccountId, month, number, hash },
    ...figures(statement),
    lines: lineCount.toString(),
    frozenAt: frozenAt.toISOString(),
  };
}

export function statementView({ statement, custodian, text }: View): StatementView {
  const { campaigns, linesHash, previousHash, keyId, signature } = statement;
  return {
    ...statementItem(statement),
    ...{ custodian, linesHash, previousHash, text, keyId, signature },
    campaigns: campaigns.map((one) => ({ campaignId: one.campaignId || null, ...figures(one) })),
  };
}

export function keysView(published: { currentId: string; keys: readonly PublicKey[] }): StatementKeysView {
  return {
    items: published.keys.map(({ keyId, publicKey, createdAt }) => ({
      ...{ keyId, publicKey, algorithm: 'Ed25519' as const },
      current: keyId === published.currentId,
      since: createdAt.toISOString(),
    })),
  };
}
