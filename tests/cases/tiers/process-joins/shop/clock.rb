puts 'clock'
