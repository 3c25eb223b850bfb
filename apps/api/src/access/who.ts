import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '@hehuo/identity';
import { signInRequired } from './access.guard.js';

function actorOf(context: ExecutionContext): Actor | null {
  return context.switchToHttp().getRequest<FastifyRequest>().actor;
}

/** The signed-in caller, as `@Who() actor: Actor`. */
export const Who = createParamDecorator((_data: unknown, context: ExecutionContext): Actor => {
  const actor = actorOf(context);
  if (!actor) throw signInRequired();
  return actor;
});

/** The signed-in caller or null, on routes that anybody may read. */
export const WhoIfAny = createParamDecorator((_data: unknown, context: ExecutionContext) => actorOf(context));
