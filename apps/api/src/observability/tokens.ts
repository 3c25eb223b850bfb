/** The logger of the process. */
export const LOGGER = Symbol('logger');
