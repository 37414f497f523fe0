-- Requests for wrk (https://github.com/wg/wrk), by the path it is given:
--   wrk -c 64 -d 30 --latency -s benchmarks/wrk.lua http://127.0.0.1:8000/ask
-- With `-- new` behind the URL, every question, search and query is one that the service has not answered before.

local topics = {
  "du lịch", "xúc tiến đầu tư", "chuyển đổi số", "giảm nghèo bền vững", "cải cách hành chính", "giáo dục", "y tế",
  "môi trường", "xây dựng nông thôn mới", "đầu tư công", "lao động", "khoa học và công nghệ"
}
local asked = {"Ai chủ trì %s?", "Những đơn vị nào phối hợp về %s?", "Which documents are cited on %s?"}
local queries = {
  "SELECT ?agency WHERE { ?agency kgp:leads ?statement } OFFSET %d",
  "SELECT ?agency (COUNT(*) AS ?n) WHERE { ?agency kgp:involvedIn ?s } GROUP BY ?agency OFFSET %d",
  "ASK { ?statement kgp:order %d }"
}

local new = false
local count = 0
local thread_number = 0

function setup(thread)
  thread:set("number", thread_number)
  thread_number = thread_number + 1
end

function init(args)
  new = args[1] == "new"
  math.randomseed(os.time() + number * 7919)
  -- what no earlier run has sent
  count = math.random(1, 1000000)
end

local function escaped(text)
  return (text:gsub("[^%w]", function(c) return string.format("%%%02X", c:byte()) end))
end

function request()
  count = count + 1
  local path = wrk.path
  local topic = topics[count % #topics + 1]
  if path == "/ask" then
    local question = asked[count % #asked + 1]:format(topic)
    if new then question = question .. " " .. count end
    local body = '{"question": "' .. question .. '"}'
    return wrk.format("POST", path, {["content-type"] = "application/json"}, body)
  elseif path == "/search" then
    return wrk.format("GET", path .. "?q=" .. escaped(new and topic .. " " .. count or topic))
  elseif path == "/sparql" then
    local query = queries[count % #queries + 1]:format(new and count or count % 7)
    return wrk.format("GET", path .. "?query=" .. escaped(query))
  end
  return wrk.format("GET", path)
end

function done(summary, latency)
  local p50, p99 = latency:percentile(50) / 1000, latency:percentile(99) / 1000
  local e = summary.errors
  print(string.format("%d requests, %.1f/s; p50 %.1f ms, p99 %.1f ms (%.1f times); max %.0f ms; errors: %d status, %d connect, %d read, %d write, %d timeout",
    summary.requests, summary.requests / summary.duration * 1e6, p50, p99, p99 / p50, latency.max / 1000,
    e.status, e.connect, e.read, e.write, e.timeout))
end
