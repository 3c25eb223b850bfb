import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsObject, Matches, ValidateBy } from 'class-validator';
import { GATEWAYS, OFFLINE, type ChannelForStaff, type Check, type GatewayName } from '@hehuo/payment';
import type { ChannelView, CheckView } from './channel-views.dto.js';

const ONLINE = GATEWAYS.filter((gateway) => gateway !== OFFLINE);
const keysMax = 20;
const keyCharactersMax = 16_000;

export class ProposeChannelBody {
  @ApiProperty({ enum: ONLINE })
  @IsIn(ONLINE)
  gateway!: GatewayName;

  @ApiProperty({ description: 'the owner’s own merchant account at the gateway', example: 'committee-1' })
  @Matches(/^[A-Za-z0-9_.:-]{1,64}$/, { message: 'must be 1 to 64 letters, digits, "_", ".", ":" or "-"' })
  merchantRef!: string;
}

function isKeySet(value: unknown): boolean {
  // Every rule of a field is asked, also where another one has refused it already.
  if (typeof value !== 'object' || value === null) return false;
  const entries = Object.entries(value);
  return (
    entries.length <= keysMax &&
    entries.every(([, text]) => typeof text === 'string' && text.length <= keyCharactersMax)
  );
}

export class ChannelKeysBody {
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'the names are in `keyFields` of the channel; what is entered here is never shown again',
  })
  @IsObject()
  @ValidateBy({
    name: 'keySet',
    validator: {
      validate: isKeySet,
      defaultMessage: () => `must be at most ${keysMax} texts of at most ${keyCharactersMax} characters`,
    },
  })
  keys!: Record<string, string>;
}

export function checkView({ state, detail, at }: Check): CheckView {
  return { state, detail, at: at?.toISOString() ?? null };
}

/** A channel for those who look after it. Secrets are named, never shown. */
export function channelView({ channel, revisions, keyFields }: ChannelForStaff): ChannelView {
  const { id, custodyAccountId, gateway, merchantRef, state, proposedBy, approvedBy, check } = channel;
  return {
    ...{ id, custodyAccountId, gateway, merchantRef, state, proposedBy, approvedBy },
    check: checkView(check),
    keyFields,
    keys: revisions
      .filter((revision) => revision.state !== 'dropped')
      .map(({ revision, state: keyState, enteredBy, check: seen }) => ({
        ...{ revision, state: keyState, enteredBy, check: checkView(seen) },
      })),
  };
}
