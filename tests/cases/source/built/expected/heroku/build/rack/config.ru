run ->(_environment) { [200, {}, ["built"]] }
