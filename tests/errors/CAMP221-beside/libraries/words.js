exports.words = []
