puts 'worker'
