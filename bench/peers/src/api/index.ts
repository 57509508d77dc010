import { Hono } from 'hono';

// Ponder does not start without an API; nothing is served besides its own /ready.
export default new Hono();
