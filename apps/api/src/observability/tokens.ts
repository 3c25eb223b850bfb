/** The logger of the process. */
export const LOGGER = Symbol('logger');

/** A connection to Redis that fails at once when Redis is away; nothing that must work waits for it. */
export const REDIS = Symbol('redis');
