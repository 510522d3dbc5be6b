console.log('two days:', require('ms')('2d'));
