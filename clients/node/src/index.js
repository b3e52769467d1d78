'use strict';

const { Hearth } = require('./hearth');
const { HearthError, HearthUnavailableError } = require('./errors');
const { KeyvHearth } = require('./keyv');
const { presence, views } = require('./middleware');

module.exports = { Hearth, HearthError, HearthUnavailableError, KeyvHearth, presence, views };
