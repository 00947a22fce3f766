# What the package brought, and the first script's word before this one's
words > /var/lib/words/here
echo second >> /var/lib/words/said
