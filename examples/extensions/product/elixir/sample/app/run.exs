# Answers each request with $GREETING.
port = String.to_integer(System.get_env("PORT", "8080"))
body = System.get_env("GREETING", "") <> "\n"
answer = "HTTP/1.1 200 OK\r\nContent-Length: #{byte_size(body)}\r\nConnection: close\r\n\r\n#{body}"
{:ok, listener} = :gen_tcp.listen(port, [:binary, packet: :raw, active: false, reuseaddr: true])

Stream.repeatedly(fn ->
  {:ok, socket} = :gen_tcp.accept(listener)

  spawn(fn ->
    :gen_tcp.recv(socket, 0, 5_000)
    :gen_tcp.send(socket, answer)
    :gen_tcp.close(socket)
  end)
end)
|> Stream.run()
