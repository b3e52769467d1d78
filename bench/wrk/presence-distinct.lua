-- Every request is another user's first. RUN tells one run's users from those of the others.
local run = os.getenv("RUN") or os.time()
local n = 0
request = function()
    n = n + 1
    return wrk.format("PUT", "/users/user-" .. run .. "-" .. n .. "/presence")
end
