module.exports = (name) => `good morning, ${name}`;
