// Express and ajv, as a team on Node would write the two routes that are compared; the checks are those of the spec.
'use strict'
const express = require('express')
const Ajv = require('ajv')

const uuid = '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$'
const isMessage = new Ajv({ allErrors: true }).compile({
  type: 'object',
  additionalProperties: false,
  required: ['recipientId', 'clientMessageId', 'text'],
  properties: {
    recipientId: { type: 'string', pattern: uuid },
    clientMessageId: { type: 'string', pattern: uuid },
    text: { type: 'string', minLength: 1, maxLength: 4096, pattern: '^[^\\u0000]*$' },
    replyToId: { type: ['string', 'null'], pattern: uuid }
  }
})

const app = express()
app.disable('x-powered-by')
app.use(express.json({ limit: '64kb' }))
const problem = (res, status, code, errors) =>
  res.status(status).type('application/problem+json').send(JSON.stringify({ status, code, errors }))

app.get('/health', (req, res) => res.json({ status: 'ok' }))
app.post('/echo', (req, res) => {
  if (isMessage(req.body)) return res.status(201).json(req.body)
  const errors = isMessage.errors.map(e => ({ pointer: e.instancePath ?? e.dataPath, code: e.keyword, detail: e.message }))
  problem(res, 400, 'invalid-request', errors)
})
app.use((req, res) => problem(res, 404, 'not-found'))
app.use((error, req, res, next) => problem(res, error.status || 500, error.status ? 'malformed' : 'internal'))

const server = app.listen(0, '127.0.0.1', () => console.error(`port ${server.address().port}`))
