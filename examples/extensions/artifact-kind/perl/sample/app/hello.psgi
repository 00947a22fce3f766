# Answers each request with $GREETING.
sub { [200, ['Content-Type' => 'text/plain'], ["$ENV{GREETING}\n"]] };
