import { Logger } from '@aws-lambda-powertools/logger';

/** Structured log lines of the functions; the level comes from POWERTOOLS_LOG_LEVEL. */
export const log = new Logger({ serviceName: 'ronda' });
