print('clock')
