// Express and pg, as a team on Node would write the three operations that are compared: the same validation and the same
// durability, on a database of its own, a worker for each core. Raw prepared statements stand in for an ORM, which only
// makes this peer faster; reactions, blocks, replies' conversations and a search index it does not know, which does too.
'use strict'
const cluster = require('node:cluster')
const crypto = require('node:crypto')
const http = require('node:http')

const express = require('express')
const { Pool } = require('pg')
const Ajv = require('ajv')

const secret = process.env.JWT_SECRET
const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 10 })
const ajv = new Ajv({ allErrors: true })
const uuid = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'
const valid = {
  message: ajv.compile({ type: 'object', additionalProperties: false, required: ['recipientId', 'clientMessageId', 'text'],
    properties: { recipientId: { type: 'string', pattern: uuid }, clientMessageId: { type: 'string', pattern: uuid },
      text: { type: 'string', minLength: 1, maxLength: 4096 }, replyToId: { type: 'string', pattern: uuid } } })
}

const mac = text => crypto.createHmac('sha256', secret).update(text).digest('base64url')
const verify = token => {
  const dot = token.lastIndexOf('.')
  const want = Buffer.from(mac(token.slice(0, dot))), got = Buffer.from(token.slice(dot + 1))
  if (want.length !== got.length || !crypto.timingSafeEqual(want, got)) throw new Error('bad token')
  const claims = JSON.parse(Buffer.from(token.split('.')[1], 'base64url'))
  if (claims.exp * 1000 < Date.now()) throw new Error('expired')
  return claims.sub
}
const problem = (res, status, code, errors) => res.status(status).type('application/problem+json').send(JSON.stringify({ status, code, errors }))
const invalid = (res, check) => problem(res, 400, 'invalid', check.errors.map(e => ({ pointer: e.dataPath, code: e.keyword, detail: e.message })))
const message = r => ({ id: r.id, clientMessageId: r.client_message_id, senderId: r.sender_id, recipientId: r.recipient_id, seq: Number(r.seq), text: r.text,
  media: [], replyToId: r.reply_to_id, reactions: [], status: r.status, createdAt: r.created_at, editedAt: null, deletedAt: null })

const app = express()
app.disable('x-powered-by')
app.use(express.json({ limit: '64kb' }))
const signedIn = (req, res, next) => {
  try { req.caller = verify((req.headers.authorization || '').slice(7)) } catch { return problem(res, 401, 'unauthenticated') }
  next()
}
const route = f => (req, res, next) => f(req, res).catch(next)

app.get('/health', (req, res) => res.json({ status: 'ok' }))
app.get('/users/me', signedIn, route(async (req, res) => {
  const { rows } = await pool.query({ name: 'me', text: 'SELECT id, email, display_name, created_at FROM users WHERE id = $1', values: [req.caller] })
  rows.length ? res.json({ id: rows[0].id, email: rows[0].email, displayName: rows[0].display_name, createdAt: rows[0].created_at }) : problem(res, 404, 'not-found')
}))
app.post('/messages', signedIn, route(async (req, res) => {
  if (!valid.message(req.body)) return invalid(res, valid.message)
  const { recipientId, clientMessageId, text, replyToId } = req.body
  const { rows } = await pool.query({ name: 'send', text: `WITH n AS (
      INSERT INTO messages(id, client_message_id, sender_id, recipient_id, text, reply_to_id) VALUES ($1,$2,$3,$4,$5,$6)
      ON CONFLICT (sender_id, client_message_id) DO NOTHING RETURNING *),
    e AS (INSERT INTO events(user_id, kind, message_id) SELECT u, 'message:new', n.id FROM n, unnest(ARRAY[n.sender_id, n.recipient_id]) u)
    SELECT * FROM n`, values: [crypto.randomUUID(), clientMessageId, req.caller, recipientId, text, replyToId ?? null] })
  if (!rows.length) {
    const again = await pool.query({ name: 'again', text: 'SELECT * FROM messages WHERE sender_id = $1 AND client_message_id = $2', values: [req.caller, clientMessageId] })
    return res.status(200).json(message(again.rows[0]))
  }
  res.status(201).json(message(rows[0]))
}))
app.get('/messages', signedIn, route(async (req, res) => {
  const limit = Math.min(Number(req.query.limit || 50), 100)
  const { rows } = await pool.query({ name: 'list', text: `SELECT * FROM messages WHERE (sender_id = $1 AND recipient_id = $2 OR sender_id = $2 AND recipient_id = $1)
    AND seq < $3 ORDER BY seq DESC LIMIT $4`, values: [req.caller, req.query.with, req.query.cursor || '9223372036854775807', limit] })
  res.json({ items: rows.map(message), nextCursor: rows.length === limit ? String(rows[rows.length - 1].seq) : null })
}))
app.use((req, res) => problem(res, 404, 'not-found'))
app.use((error, req, res, next) => problem(res, error.status || 500, error.status ? 'invalid' : 'internal'))

const server = http.createServer(app)
const schema = `
CREATE TABLE IF NOT EXISTS users(id uuid PRIMARY KEY, email text UNIQUE NOT NULL, display_name text NOT NULL, salt bytea, hash bytea, created_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE IF NOT EXISTS messages(id uuid PRIMARY KEY, seq bigint GENERATED ALWAYS AS IDENTITY, client_message_id uuid NOT NULL, sender_id uuid NOT NULL REFERENCES users,
  recipient_id uuid NOT NULL REFERENCES users, text text, reply_to_id uuid, status text NOT NULL DEFAULT 'sent', created_at timestamptz NOT NULL DEFAULT now(), UNIQUE(sender_id, client_message_id));
CREATE INDEX IF NOT EXISTS messages_pair ON messages(LEAST(sender_id, recipient_id), GREATEST(sender_id, recipient_id), seq);
CREATE INDEX IF NOT EXISTS messages_sent ON messages(sender_id, recipient_id, seq);
CREATE TABLE IF NOT EXISTS events(id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_id uuid NOT NULL, kind text NOT NULL, message_id uuid, at timestamptz NOT NULL DEFAULT now());`
const listen = () => server.listen(Number(process.env.PORT), '127.0.0.1')
const workers = Number(process.env.WORKERS)
if (cluster.isWorker) listen()
else pool.query(schema).then(() => {
  if (workers === 1) return listen()
  for (let i = 0; i < workers; i++) cluster.fork()
})
