-- What wrk sends. BENCH_BODY is the body of every POST; BENCH_USERS is a file with a token and a user id per line, and
-- then every request is another user's: with a body a message to another one, else a GET, where PARTNER in the path is
-- the id of the user behind them.
local users_file, body = os.getenv("BENCH_USERS"), os.getenv("BENCH_BODY")
if not users_file then
  wrk.method, wrk.body = "POST", body
  wrk.headers["Content-Type"] = "application/json"
  return
end

local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

local tokens, ids, heads, sent, run = {}, {}, {}, 0, 0

local function head(user)
  local partner = ids[user % #ids + 1]
  local method, fields = "GET", "\r\n\r\n"
  if body then method, fields = "POST", "\r\nContent-Type: application/json\r\nContent-Length: " end
  return method .. " " .. wrk.path:gsub("PARTNER", partner) .. " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
    .. tokens[user] .. fields
end

function init()
  for line in io.lines(users_file) do tokens[#tokens + 1], ids[#ids + 1] = line:match("^(%S+) (%S+)$") end
  for user = 1, #ids do heads[user] = head(user) end
  sent, run = number * 500, os.time() % 0x10000000
end

-- A clientMessageId is never repeated: it holds the run, the thread and the number of the message.
function request()
  sent = sent + 1
  local sender, recipient = sent % #ids + 1, (sent * 7 + 1) % #ids + 1
  if not body then return heads[sender] end
  local message = string.format(
    '{"recipientId":"%s","clientMessageId":"%08x-0000-4000-8%03x-%012x","text":"%s"}',
    ids[recipient], run, number, sent, body)
  return heads[sender] .. #message .. "\r\n\r\n" .. message
end
