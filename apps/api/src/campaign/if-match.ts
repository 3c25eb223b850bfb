import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CampaignError } from '@hehuo/campaign';

const VERSION = /^"(0|[1-9][0-9]{0,9})"$/;

function versionOf(context: ExecutionContext): number | null {
  const header = context.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
  if (header === undefined) return null;
  const version = VERSION.exec(header)?.[1];
  if (version === undefined) {
    throw new CampaignError(
      'version_required',
      'If-Match is not a version; send the `version` that you read in quotes, such as "7"',
    );
  }
  return Number(version);
}

/** The version that the caller's change was made on. Without it two open windows would undo each other. */
export const IfMatch = createParamDecorator((_data: unknown, context: ExecutionContext): number => {
  const version = versionOf(context);
  if (version !== null) return version;
  throw new CampaignError('version_required', 'send If-Match with the version that you read, such as "7"');
});

/** The same where it may be left out: the act then counts for whatever the campaign says now. */
export const IfMatchIfAny = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  versionOf(context),
);

/** Tells the version of the next change. */
export function tagVersion(reply: FastifyReply, version: number): void {
  void reply.header('etag', `"${version}"`);
}
