puts 'web'
