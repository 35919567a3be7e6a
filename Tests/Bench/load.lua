-- What wrk sends. BENCH_BODY is the body of every POST /echo; BENCH_USERS is a file with a token and a user id per
-- line, and then every request is another user's message to another user.
local users_file, body = os.getenv("BENCH_USERS"), os.getenv("BENCH_BODY")
wrk.method, wrk.body = "POST", body
wrk.headers["Content-Type"] = "application/json"
if not users_file then return end

local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

local heads, ids, sent, run = {}, {}, 0, 0

function init()
  for line in io.lines(users_file) do
    local token, id = line:match("^(%S+) (%S+)$")
    ids[#ids + 1] = id
    heads[#heads + 1] = "POST /messages HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
      .. "Authorization: Bearer " .. token .. "\r\nContent-Length: "
  end
  sent, run = number * 500, os.time() % 0x10000000
end

-- A clientMessageId is never repeated: it holds the run, the thread and the number of the message.
function request()
  sent = sent + 1
  local sender, recipient = sent % #ids + 1, (sent * 7 + 1) % #ids + 1
  local message = string.format(
    '{"recipientId":"%s","clientMessageId":"%08x-0000-4000-8%03x-%012x","text":"%s"}',
    ids[recipient], run, number, sent, body)
  return heads[sender] .. #message .. "\r\n\r\n" .. message
end
