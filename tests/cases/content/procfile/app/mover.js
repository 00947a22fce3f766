console.log('mover')
