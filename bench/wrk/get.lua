-- Reads whatever the address names.
wrk.method = "GET"
